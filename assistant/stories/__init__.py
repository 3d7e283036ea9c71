"""Field stories: what people saw on the road, logged in a minute, masked, graded, and found when it matters."""
