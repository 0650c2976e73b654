// FetchTestingTests: tests follow.
