// FetchCoreTests: tests follow.
