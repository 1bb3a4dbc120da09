"""Pages of stories: for everybody, for their writers, for their readers."""
