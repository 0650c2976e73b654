/// A request that is to be made, and which of the requests about its job it is.
struct Flight: Sendable {
    let job: JobSlot
    let number: UInt32
    /// Who makes it; nil for a caller who makes it in a task of his own.
    let worker: Worker?
    let asker: EndpointAsker
    let id: String
    let timeout: Duration
    /// For how long the provider may be left alone if it asks for that.
    let longestPause: Duration

    /// Which job it is about.
    var reference: JobReference { asker.job(id) }
}
