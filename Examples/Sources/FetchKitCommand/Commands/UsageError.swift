/// An error in an argument or a file of the user, because of which nothing was sent. The exit status is 2.
struct UsageError: Error, CustomStringConvertible {
    let message: String

    var description: String { message }

    init(_ message: String) { self.message = message }
}
