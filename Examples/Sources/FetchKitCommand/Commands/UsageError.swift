/// An error in an argument or a file of the user, because of which nothing was sent. The exit status is 2.
struct UsageError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
