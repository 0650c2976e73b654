/// The time limits of a connection.
struct TimeLimits: Sendable, Hashable {
    /// The time for connecting to one host: 5 seconds.
    var connect: Duration = .seconds(5)

    /// The time after which the server undoes a statement: 10 seconds.
    var statement: Duration = .seconds(10)

    /// The time after which the server stops waiting for a lock: 2 seconds.
    var lock: Duration = .seconds(2)

    /// The time by which the server may exceed the limit of a statement before the connection counts as lost.
    var grace: Duration = .seconds(2)

    /// The time for which a call waits for one of the connections: 15 seconds.
    var turn: Duration = .seconds(15)
}
