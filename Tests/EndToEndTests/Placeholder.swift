// EndToEndTests: tests follow.
