"""Whether sources bear out what is said: figures, dates and names; bounds and hedges; the judgement of a model."""
