"""What the commands do, between the pure core and the terminal: each module is one of the user's errands."""
