package import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The folders of running downloads, each opened once.
///
/// Thousands of downloads into one folder need one descriptor, and learn the permissions of new files once.
package final class OpenFolders: Sendable {
    private struct Entry {
        weak var folder: Folder?
    }

    private let entries = Mutex<[URL: Entry]>([:])

    /// Creates an empty list.
    package init() {}

    /// Returns a folder, which is open until it is released. It blocks the thread; see ``FileThreads``.
    ///
    /// - Parameter url: A file URL. Links in it are followed.
    /// - Returns: A folder that another download has open, if the URL still leads to it, or a new one.
    /// - Throws: `FetchError` with the code `fileNotWritten` if it doesn't exist, isn't a folder or can't be opened.
    package func folder(at url: URL) throws(FetchError) -> Folder {
        if let folder = entries.withLock({ $0[url]?.folder }), folder.isCurrent { return folder }
        let folder = try Folder(url)
        entries.withLock { entries in
            entries = entries.filter { $0.value.folder != nil }
            entries[url] = Entry(folder: folder)
        }
        return folder
    }
}
