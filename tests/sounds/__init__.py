"""Learning how names are spelt in another script; see `__main__`."""
