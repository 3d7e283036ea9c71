"""The mirror: each of the two writes alone, in one sentence, the outcome and who must do what; both side by side."""
