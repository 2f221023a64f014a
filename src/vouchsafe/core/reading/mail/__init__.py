"""What a received mail says: its kind, its writer's own words, and a yes or a no."""
