import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension JobEnd {
    /// The end with at most ``maximumSize`` bytes of JSON. Of an end that is larger, the items that were part of the
    /// response, and then all items, are replaced by the reason for which they aren't there. Of a ``response``, the
    /// beginning is kept that fits.
    public var bounded: Self { measured.end }

    /// The end as ``bounded``, and its size in bytes of JSON.
    var measured: (end: Self, size: Int) {
        let size = size
        guard size > Self.maximumSize else { return (self, size) }
        let bounded = cut
        return (bounded, bounded.size)
    }

    private var cut: Self {
        var end = self
        end.response = nil
        end = end.withBoundedItems
        // The member's name, and two characters between members.
        end.response = response?.truncated(toSize: Self.maximumSize - end.size - 16)
        return end
    }

    private var withBoundedItems: Self {
        guard size > Self.maximumSize else { return self }
        var end = self
        end.artifacts = artifacts.map { artifact in
            switch artifact.content {
            case .url, .unusable: artifact
            case .data, .text, .json: Self.placeholder
            }
        }
        end.error?.failure?.artifacts = []
        end.error?.lastProgress = nil
        if end.size > Self.maximumSize { end.artifacts = artifacts.isEmpty ? [] : [Self.placeholder] }
        guard end.size > Self.maximumSize, let error else { return end }
        var short = FetchError(error.code, "the error was too large for the store", isRetryable: error.isRetryable)
        short.hasJobEnded = error.hasJobEnded
        short.httpStatus = error.httpStatus
        short.failure = error.failure.map { JobFailure($0.reason) }
        end.error = short
        return end
    }

    private static var placeholder: Artifact {
        Artifact(.unusable("", problem: "the output is larger than the mebibyte that a store keeps"))
    }

    /// The size in bytes of JSON. An end that can't be encoded counts as too large.
    var size: Int { (try? JSONEncoder().encode(self).count) ?? .max }
}
