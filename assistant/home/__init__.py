"""What waits for somebody who comes back: eight minutes a week, the most pressing first; one first step for a newcomer."""
