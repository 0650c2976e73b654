import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Downloads {
    /// Removes the parts that downloads have left in a folder.
    ///
    /// A process that ends in the middle of a download leaves its part beside the target, and so does a download that
    /// is cancelled or fails, if a later one can go on with it. A later download of the same name goes on with the
    /// part, or removes it. Nothing else does: call this function when a process starts, or once a day.
    ///
    /// Only hidden files with the name of a part that belong to the user of the process are removed. The part of a
    /// download that runs stays, in this process and in others.
    ///
    /// - Parameters:
    ///   - directory: The folder. Folders in it aren't searched.
    ///   - age: The time since the last change of a part. Defaults to one day, after which most links are dead.
    /// - Returns: The number of files that were removed. A part may consist of two: itself, and what is known of it.
    /// - Throws: `FetchError` with the code `fileNotWritten` if the folder can't be read. Cancellation has no effect.
    @discardableResult
    public func removeStaleParts(in directory: URL, olderThan age: Duration = .seconds(86_400)) async throws -> Int {
        let date = environment.wallClock() - age.seconds
        return try await FileThreads.run(with: environment.clock) { () throws(FetchError) in
            try StaleParts.remove(in: Folder(directory), unchangedSince: date)
        }
    }
}
