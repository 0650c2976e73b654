/// A failure of a connection.
enum ReferenceFailure: Error {
    case refused, reset, resetAtOnce, closed, protocolBroken
    /// A reused connection ended before the response.
    case dead
}
