import Foundation

/// The directory of the FetchKit repository.
enum Repository {
    static let root = (0..<6).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
}
