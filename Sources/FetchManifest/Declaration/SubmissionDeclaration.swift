import FetchCore

/// The fields that declare where the response to a submission has the job: `{"id": "id", "url": "urls.get"}`.
enum SubmissionField: String, CaseIterable {
    case id, url, eta, path, hasState
}

extension SubmissionForm {
    /// Reads the field `submission`.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - id: The id declaration. `nil` if it is invalid; checks that depend on it are skipped.
    init?(_ field: FieldReader, id: IDDeclaration?) {
        guard let object = ObjectReader<SubmissionField>(field) else { return nil }
        let places = object[.id].map { $0.submissionPlaces() } ?? []
        let urls = object[.url].map { $0.submissionPlaces() } ?? []
        let etas = object[.eta].map { $0.submissionPlaces() } ?? []
        let path = object[.path].map { Self.path($0, object, id) } ?? .some(nil)
        let hasState = object[.hasState].map { $0.boolean() } ?? false
        guard let places, let urls, let etas, let path, let hasState else { return nil }
        guard object[.id] != nil || object[.url] != nil else {
            field.report("has neither id nor url", "Write the value path of the id, such as {\"id\": \"id\"}.")
            return nil
        }
        self.init(places: places, urls: urls, etas: etas, path: path, hasState: hasState)
    }

    /// Reads the path of the submission's own URL.
    ///
    /// - Returns: `nil` if it is invalid.
    private static func path(
        _ field: FieldReader,
        _ object: ObjectReader<SubmissionField>,
        _ id: IDDeclaration?
    ) -> PathTemplate?? {
        guard let path = field.string(example: "videos/{kind}", as: PathTemplate.init(_:)) else { return nil }
        guard let id else { return nil }
        guard object[.id] != nil, id.kind != .url else {
            field.report("applies only to an id that isn't a URL", "Remove it, or write the value path of the id.")
            return nil
        }
        let (found, known) = (path.placeholderNames, id.form.placeholderNames)
        guard found.isSubset(of: known), known.count == found.count + 1 else {
            field.report(
                "doesn't have the placeholders of id.form except for one",
                "Use all but one of \(known.asPlaceholders); its value is at submission.id."
            )
            return nil
        }
        return path
    }
}

extension FieldReader {
    /// Reads one value path, or an array of alternatives, each of a member or a header.
    fileprivate func submissionPlaces() -> [SubmissionPlace]? {
        guard let paths = ValuePaths(self) else { return nil }
        var places: [SubmissionPlace] = []
        for path in paths.alternatives {
            switch path {
            case .header(let name): places.append(.header(name))
            case .json(let path) where !path.steps.isEmpty: places.append(.member(path.description))
            case .json, .httpStatus:
                report("is neither a member nor a header", "Write a value path such as \"id\" or \"data.task_id\".")
                return nil
            }
        }
        return places
    }
}
