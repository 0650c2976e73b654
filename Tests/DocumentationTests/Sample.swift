import Testing

/// A Swift code block in a page or a doc comment.
struct Sample: CustomTestStringConvertible, Sendable {
    let location: String
    /// The lines without indentation and without empty lines.
    var lines: [Substring] = []

    var testDescription: String { location }

    /// Returns all samples of a page or source file.
    static func all(in file: Repository.File) -> [Sample] {
        var samples: [Sample] = []
        var open: Sample?
        for (number, line) in file.lines.enumerated() {
            let isComment = file.path.hasSuffix(".swift")
            let text = isComment ? line.strippedOfIndentation.strippedOfCommentMark : line.strippedOfIndentation
            if let sample = open, text == "```" {
                samples.append(sample)
                open = nil
            } else if text == "```swift" {
                open = Sample(location: "\(file.path):\(number + 2)")
            } else if open != nil, !text.isEmpty {
                open?.lines.append(text)
            }
        }
        return samples
    }
}

extension String {
    var strippedOfIndentation: Substring { drop { $0 == " " } }
}

extension Substring {
    fileprivate var strippedOfCommentMark: Substring {
        hasPrefix("///") ? dropFirst(3).drop { $0 == " " } : self
    }
}
