"""From candidates to the articles of a week: copies, events, the choice, what continues, what is kept away."""
