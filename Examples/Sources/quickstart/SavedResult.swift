import FetchCore
import FetchDownload

/// The files of a job, and the errors of the outputs that couldn't be saved.
struct SavedResult: Sendable {
    var files: [SavedFile] = []
    var errors: [FetchError] = []
}
