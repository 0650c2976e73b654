#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Artifact {
    /// The memory that the content takes, approximately, in bytes.
    var byteCount: Int {
        switch content {
        case .url(let url): url.absoluteString.utf8.count
        case .data(let data): data.count
        case .text(let text): text.utf8.count
        case .json(let value): value.byteCount()
        case .unusable(let text, let problem): text.utf8.count + problem.utf8.count
        }
    }
}
