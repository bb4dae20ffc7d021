"""What each agent does: researcher, translator, categorizer, editor, and the parts that they share."""
