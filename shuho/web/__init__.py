"""The local web page: reports beside the chat, the sources of every claim, runs as they go."""
