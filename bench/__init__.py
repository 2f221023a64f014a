"""What the product costs, as ratios where machines differ. Run by `make bench`."""
