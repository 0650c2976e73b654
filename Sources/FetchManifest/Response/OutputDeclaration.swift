import FetchCore

/// One entry of `outputs`: the value paths of one or more artifacts, and their form.
struct OutputDeclaration: Sendable {
    enum Field: String, CaseIterable {
        case when, each, at, `as`, template, optional, mediaType, mediaTypeAt, mirrors, needsKey
    }

    /// The path of this entry in the manifest, such as `outputs[0]`, for errors.
    private let field: String
    /// The conditions on the response. `nil` if the entry always applies.
    let when: When?
    /// True if the response may lack the artifact.
    let isOptional: Bool
    /// The path of an array or object with one artifact in each element. `nil` for a single artifact.
    let each: ValuePaths?
    /// The path of the artifact, relative to the body or to an element of ``each``. `nil` for all of it.
    let at: ValuePaths?
    let form: OutputForm
    let mediaType: String?
    /// The path of the media type, relative to the body or to an element of ``each``.
    let mediaTypeAt: ValuePaths?
    /// The path of other links to the same file, relative to the body or to an element of ``each``.
    let mirrors: ValuePaths?
    /// True if a download wants the provider's key.
    let needsKey: Bool
    /// The link of which the value is a part. `nil` if the value is the link.
    let template: LinkTemplate?

    init?(_ field: FieldReader) {
        guard let object = ObjectReader<Field>(field) else { return nil }
        self.field = field.path
        when = object[.when].flatMap { When($0) }
        isOptional = object[.optional]?.boolean() ?? false
        mirrors = object[.mirrors].flatMap(Self.bodyPaths)
        needsKey = object[.needsKey]?.boolean() ?? false
        template = object[.template].flatMap { LinkTemplate($0) }
        let form = object.required(.as, "Write the form of the output, such as \"as\": \"link\".")?
            .choice(OutputForm.self, synonyms: ["url": .link])
        each = object[.each].flatMap(Self.bodyPaths)
        at = object[.at].flatMap(Self.bodyPaths)
        mediaTypeAt = object[.mediaTypeAt].flatMap(Self.bodyPaths)
        mediaType = object[.mediaType].flatMap { $0.string(example: "video/mp4") }
        if form == .file {
            for name in [Field.each, .at, .mediaTypeAt, .optional] where object[name] != nil {
                object.report(name, "doesn't apply to a file, which is the whole body", "Remove it.")
            }
        }
        guard let form else { return nil }
        if !form.isLink {
            for name in [Field.mirrors, .needsKey, .template] where object[name] != nil {
                object.report(name, "applies only to a link", "Remove it, or write \"as\": \"link\".")
            }
        }
        self.form = form
    }

    private static func bodyPaths(_ field: FieldReader) -> ValuePaths? {
        guard let paths = ValuePaths(field) else { return nil }
        guard paths.alternatives.allSatisfy(\.isInBody) else {
            field.report("is not a path in the response body", "Write member names, such as data.url.")
            return nil
        }
        return paths
    }

    /// Returns true if another entry has the same paths and conditions.
    func takesSameValue(as other: Self) -> Bool {
        when == other.when && each == other.each && at == other.at && (form == .file) == (other.form == .file)
    }

    /// The entry and its value paths, for errors.
    private var location: String {
        switch (each, at) {
        case (nil, nil): "\(field), the whole response"
        case (nil, let at?): "\(field), at \(at.text)"
        case (let each?, nil): "\(field), an element of \(each.text)"
        case (let each?, let at?): "\(field), at \(at.text) in an element of \(each.text)"
        }
    }

    /// Returns the artifacts of the response. Elements of ``each`` without an artifact are skipped. A value of the
    /// wrong form is an unusable artifact.
    ///
    /// - Throws: ``FetchError`` with the code `malformedResponse` if there is none and the entry isn't optional: the
    ///   provider may add the output later.
    func artifacts(in response: ParsedResponse) throws(FetchError) -> [Artifact] {
        if form == .file { return [try form.file(response, mediaType: mediaType)] }
        let body = try response.json()
        var artifacts: [Artifact] = []
        for element in each.map({ $0.value(in: body)?.elements ?? [] }) ?? [body] {
            guard let value = at.map({ $0.value(in: element) }) ?? element, !form.isAbsent(value) else { continue }
            let item = OutputItem(
                value: template?.filled(with: value) ?? value,
                mediaType: mediaTypeAt?.value(in: element)?.nonEmpty?.string ?? mediaType,
                mirrors: mirrors?.value(in: element)?.strings ?? [],
                needsKey: needsKey,
                location: location
            )
            artifacts += form.artifacts(of: item, in: response.response)
        }
        guard !artifacts.isEmpty || isOptional else {
            var error = response.malformedResponseError("the job is done, but the response has no \(location)")
            error.remedy =
                "Compare the paths in the manifest with the response. If the output may be absent, write "
                + "\"optional\": true."
            throw error
        }
        return artifacts
    }
}

extension OutputDeclaration {
    /// Returns the artifacts of a job that has ended without a result. There may be none.
    func artifactsOfFailure(in response: ParsedResponse) -> [Artifact] {
        guard (try? when.holds(for: response)) == true else { return [] }
        return (try? artifacts(in: response)) ?? []
    }
}

extension JSONValue {
    /// The string, or the strings of an array or object.
    fileprivate var strings: [String] { elements.compactMap(\.string) }

    /// The elements of an array, or the members of an object sorted by name. Any other value is its only element.
    fileprivate var elements: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .object(let members): members.sorted { $0.key < $1.key }.map(\.value)
        default: [self]
        }
    }
}
