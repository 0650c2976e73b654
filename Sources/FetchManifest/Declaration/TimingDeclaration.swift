import FetchCore

/// The intervals, limits and lifetimes of a manifest, in seconds. Each is `nil` if the manifest doesn't state it.
struct TimingDeclaration: Sendable {
    let minimumGap: Duration?
    let maximumGap: Duration?
    let requestTimeout: Duration?
    let deadline: Duration?
    let artifactLifetime: Duration?

    init(_ object: ObjectReader<Declaration.Field>) {
        minimumGap = object[.minimumGap]?.duration(example: 5)
        maximumGap = object[.maximumGap]?.duration(example: 600)
        requestTimeout = object[.requestTimeout]?.duration(example: 75)
        deadline = object[.deadline]?.duration(example: 3_600)
        artifactLifetime = object[.artifactLifetime]?.duration(example: 86_400)
        if let minimumGap, let maximumGap, maximumGap < minimumGap {
            object.report(.maximumGap, "is less than minimumGap", "Exchange the two values.")
        }
        if let requestTimeout, let deadline, deadline < requestTimeout {
            object.report(.deadline, "is less than requestTimeout", "Allow a wait at least one request.")
        }
    }
}

extension FieldReader {
    /// Reads a number of seconds greater than zero.
    fileprivate func duration(example: Int) -> Duration? {
        positiveNumber(example: example).flatMap(Duration.init(clampingSeconds:))
    }
}
