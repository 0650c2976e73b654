// DocumentationTests: tests follow.
