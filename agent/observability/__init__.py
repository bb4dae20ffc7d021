"""What a run tells of itself: progress, log, traces, its page."""
