import FetchCore
import FetchDownload
import Foundation

/// The folder in which outputs are saved.
struct OutputFolder: Sendable {
    private let url: URL
    private let downloads: Downloads

    /// Creates a folder, unless it exists.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - transport: Sends the requests.
    ///   - server: A server of the user's own, from which files are downloaded although its address is private.
    ///     Defaults to none.
    /// - Throws: ``UsageError`` if the folder can't be created.
    init(_ path: String, transport: any StreamingTransport, trusting server: Origin? = nil) throws {
        url = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw UsageError("--into: \(path.printable) can't be created as a folder.")
        }
        var configuration = Downloads.Configuration()
        if let server {
            configuration.addresses = .publicOnly(allowing: [server.host])
            if server.scheme == "http" { configuration.plainHTTPHosts = [server.host] }
        }
        downloads = Downloads(transport: transport, configuration: configuration)
    }

    /// Removes the parts of files that an earlier run has left, because it was killed, if they are a day old.
    ///
    /// Errors are ignored: saving a file into the folder reports them.
    func removeStaleParts() async { _ = try? await downloads.removeStaleParts(in: url) }

    /// Saves the outputs of a job. If it has just ended, files that aren't there yet are waited for.
    ///
    /// - Returns: The files and the errors. `nil` after cancellation.
    func save(
        _ outcome: JobOutcome,
        with client: FetchClient,
        reporting report: @escaping @Sendable (DownloadProgress) -> Void
    ) async -> SavedResult? {
        do {
            let saved = try await client.download(outcome, into: url, with: downloads, reporting: report)
            return SavedResult(files: saved.files, errors: saved.failures.map(\.error))
        } catch let error as FetchError {
            return SavedResult(errors: [error])
        } catch {
            return nil
        }
    }
}
