internal import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension DurableJob {
    /// Checks the sizes of the job. A store calls it for each job before it adds the first.
    ///
    /// - Throws: ``JobStoreError`` with the code ``JobStoreError/Code/invalidJob`` if the reference exceeds 1 KiB, the
    ///   tenant or the account 256 bytes, or the note 2 KiB or 64 levels, or if the note contains a number that JSON
    ///   can't represent.
    public func validate() throws(JobStoreError) {
        let length = job.description.utf8.count
        guard length <= Self.maximumReferenceLength else {
            throw tooLong("reference", length, Self.maximumReferenceLength, "Store a job whose id is shorter.")
        }
        for (name, identifier) in [("tenant", tenant), ("account", account?.rawValue)] {
            guard let identifier else { continue }
            guard !identifier.utf8.contains(0) else {
                throw JobStoreError(.invalidJob, "the \(name) contains the character NUL", job: job)
            }
            let length = identifier.utf8.count
            guard length > Self.maximumTenantLength else { continue }
            throw tooLong(name, length, Self.maximumTenantLength, "Pass the number or a short name of the \(name).")
        }
        guard let note else { return }
        guard note.isNested(within: Self.maximumNoteDepth) else {
            throw JobStoreError(
                .invalidJob,
                "the note is nested more than \(Self.maximumNoteDepth) levels deep",
                remedy: "Store the value in a table of your own, and its number in the note.",
                job: job
            )
        }
        guard let data = try? JSONEncoder().encode(note) else {
            throw JobStoreError(
                .invalidJob,
                "the note contains a number that JSON can't represent",
                remedy: "Remove NaN and infinity from the note.",
                job: job
            )
        }
        guard data.count <= Self.maximumNoteLength else {
            throw tooLong(
                "note",
                data.count,
                Self.maximumNoteLength,
                "Store the value in a table of your own, and its number in the note."
            )
        }
    }

    private func tooLong(_ part: String, _ length: Int, _ maximum: Int, _ remedy: String) -> JobStoreError {
        JobStoreError(
            .invalidJob,
            "the \(part) has \(length) bytes, and a store takes at most \(maximum)",
            remedy: remedy,
            job: length > maximum && part == "reference" ? nil : job
        )
    }

    /// Returns the date of the deadline of a job that is added at a date.
    ///
    /// - Parameter date: The date of the store's clock at which the job is added.
    /// - Returns: The date of the deadline, at most 100 years after the beginning of the time.
    public func deadline(addedAt date: Date) -> Date {
        let limit = min(max(deadline.limit.seconds, 0.001), 3_155_760_000)
        guard deadline.countsFromSubmission, let submitted else { return date.addingTimeInterval(limit) }
        return min(submitted.date, date).addingTimeInterval(limit)
    }
}

extension JSONValue {
    /// Returns true if arrays and objects are nested at most a number of levels deep.
    fileprivate func isNested(within depth: Int) -> Bool {
        switch self {
        case .array(let values): depth > 0 && values.allSatisfy { $0.isNested(within: depth - 1) }
        case .object(let members): depth > 0 && members.allSatisfy { $0.value.isNested(within: depth - 1) }
        default: true
        }
    }
}
