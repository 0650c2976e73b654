/// The part of a file that was asked for, and the facts that are known of the file.
package struct DownloadRequest: Sendable, Hashable {
    /// The time after the end of a job during which a missing file may still appear.
    package static let grace: Duration = .seconds(300)

    /// The rest that was asked for; `nil` for the whole file.
    package var range: RequestedRange?
    /// The content that the output promises.
    package var promised: PromisedContent
    /// The time since the end of the job. `nil` if it isn't known, which counts as long ago.
    package var age: Duration?
    /// The number of redirects that were followed.
    package var redirects: Int

    package init(
        range: RequestedRange? = nil,
        promised: PromisedContent = PromisedContent(mediaType: nil),
        age: Duration? = nil,
        redirects: Int = 0
    ) {
        self.range = range
        self.promised = promised
        self.age = age
        self.redirects = redirects
    }

    /// True if a missing file may still appear.
    var isWithinGrace: Bool { age.map { $0 < Self.grace } ?? false }
}
