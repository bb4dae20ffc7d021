"""Calls of models: one client with its ledger, pace, budget and bookkeeping."""
