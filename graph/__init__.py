"""Who runs when: the weekly graph as a map, its state, and its thin nodes."""
