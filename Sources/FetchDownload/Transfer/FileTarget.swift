package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Where an output is saved, and under which name.
package struct FileTarget: Sendable {
    package let folder: Folder
    package let fileName: FileName
    /// The name that doesn't depend on the server.
    package let generatedName: GeneratedFileName
    /// The declared media type. `nil` if there is none.
    package let mediaType: String?
    package let configuration: Downloads.Configuration

    package init(
        folder: Folder,
        fileName: FileName,
        generatedName: GeneratedFileName,
        mediaType: String?,
        configuration: Downloads.Configuration
    ) {
        self.folder = folder
        self.fileName = fileName
        self.generatedName = generatedName
        self.mediaType = mediaType
        self.configuration = configuration
    }

    /// Returns the name of the file.
    ///
    /// - Parameters:
    ///   - format: The format that the content shows. `nil` if it isn't known, or not yet.
    ///   - headers: The header fields of the response. Defaults to none.
    ///   - link: The URL of the file. Defaults to none.
    /// - Returns: A plain name.
    /// - Throws: `FetchError` with the code `fileNotWritten` if the caller's own name isn't a plain one.
    package func name(
        format: FileFormat?,
        headers: HeaderFields = [:],
        link: URL? = nil
    ) throws(FetchError) -> PlainFileName {
        try fileName.plainName(
            generated: generatedName,
            extension: FileExtension(format: format, mediaType: mediaType ?? headers["Content-Type"], link: link),
            headers: headers,
            link: link
        )
    }

    /// Saves bytes that are there already.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - clock: The clock of the caller.
    /// - Returns: The file.
    /// - Throws: `FetchError` with the code `fileExists`, `fileNotWritten`, `storageFull` or `responseTooLarge`.
    package func save(_ bytes: [UInt8], _ clock: any Clock<Duration>) async throws(FetchError) -> SavedFile {
        let format = ContentSniffer.format(of: bytes, isWhole: true)
        let name = try name(format: format)
        let committed = try await FileThreads.run(with: clock) { [self] () throws(FetchError) in
            try folder.requireRoom(for: name, ifPresent: configuration.existingFile)
            return try PartFile.save(
                bytes,
                as: name,
                in: folder,
                ifPresent: configuration.existingFile,
                maximumBytes: configuration.maximumBytes,
                durable: configuration.isDurable
            )
        }
        return SavedFile(
            url: folder.url.appending(path: committed.name.text),
            bytes: committed.bytes,
            proof: .length,
            mediaType: mediaType ?? format?.mediaType,
            source: nil,
            wasResumed: false
        )
    }
}
