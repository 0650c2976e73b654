package import FetchCore

extension PartFile {
    /// Saves bytes that are there already, such as those of a response, as a whole file in a single call.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - target: The name of the file.
    ///   - folder: The folder.
    ///   - rule: The action if the target exists.
    ///   - maximumBytes: The maximum size of the file.
    ///   - durable: True to write the bytes and the name out to the disk; see ``commit(as:durable:)``.
    /// - Returns: The name and size of the file.
    /// - Throws: `FetchError` with the code `fileExists`, `fileNotWritten`, `storageFull` or
    ///   `responseTooLarge`.
    package static func save(
        _ bytes: [UInt8],
        as target: PlainFileName,
        in folder: Folder,
        ifPresent rule: ExistingFile,
        maximumBytes: Int64 = .max,
        durable: Bool = true
    ) throws(FetchError) -> Committed {
        let part = try PartFile(for: target, in: folder, maximumBytes: maximumBytes)
        try part.write(bytes)
        return try part.commit(as: rule, durable: durable)
    }
}

extension Folder {
    /// Checks before a transfer that its file could be committed, so that it isn't received in vain.
    ///
    /// - Parameters:
    ///   - target: The name of the file.
    ///   - rule: The action if the target exists.
    /// - Throws: `FetchError` with the code `fileExists` if it exists and can't be kept or replaced.
    package func requireRoom(for target: PlainFileName, ifPresent rule: ExistingFile) throws(FetchError) {
        guard rule != .number, let kind = try status(of: target.text)?.kind else { return }
        guard rule == .fail || kind != .file else { return }
        throw .fileExists(target, as: kind, in: path)
    }
}
