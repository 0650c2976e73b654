package import FetchCore
package import FetchDownload

/// The files of a job, and the errors of the outputs that couldn't be saved.
package struct SavedResult: Sendable {
    /// The files, in the order of the outputs.
    package var files: [SavedFile]
    /// The errors of the other outputs.
    package var errors: [FetchError]

    /// Creates a result.
    package init(files: [SavedFile] = [], errors: [FetchError] = []) {
        self.files = files
        self.errors = errors
    }
}
