"""What wakes the workers: one of two engines. Rows are the truth; an engine only says when to look at them."""
