package import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where an output is saved, and under which name.
package struct FileTarget: Sendable {
    package let folder: Folder
    package let naming: OutputNaming
    package let configuration: Downloads.Configuration

    package init(folder: Folder, naming: OutputNaming, configuration: Downloads.Configuration) {
        self.folder = folder
        self.naming = naming
        self.configuration = configuration
    }

    /// The declared media type. `nil` if there is none.
    package var mediaType: String? { naming.mediaType }

    /// Saves bytes that are there already. It blocks the thread; see ``FileThreads``.
    ///
    /// - Parameter bytes: The content.
    /// - Returns: The file.
    /// - Throws: `FetchError` with the code `fileExists`, `fileNotWritten`, `storageFull` or `responseTooLarge`.
    package func save(_ bytes: [UInt8]) throws(FetchError) -> SavedFile {
        let format = ContentSniffer.format(of: bytes, isWhole: true)
        let name = try naming.name(format: format)
        try folder.requireRoom(for: name, ifPresent: configuration.existingFile)
        let committed = try PartFile.save(
            bytes,
            as: name,
            in: folder,
            ifPresent: configuration.existingFile,
            maximumBytes: configuration.maximumBytes,
            durable: configuration.isDurable
        )
        return SavedFile(
            url: folder.url(of: committed.name),
            bytes: committed.bytes,
            proof: .length,
            mediaType: mediaType ?? format?.mediaType,
            source: nil,
            wasResumed: false
        )
    }
}
