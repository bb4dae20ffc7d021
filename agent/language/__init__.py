"""Languages: which one a text is in, its script, its sentences, names of places, notation of numbers."""
