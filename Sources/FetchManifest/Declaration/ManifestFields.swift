/// The names of all supported fields, keyed by the definition of their object in `Documentation/manifest.schema.json`.
package enum ManifestFields {
    package static let byDefinition: [String: Set<String>] = [
        "manifest": names(Declaration.Field.self),
        "id": names(IDDeclaration.Field.self),
        "key": names(KeyField.self),
        "submission": names(SubmissionField.self),
        "condition": names(ConditionField.self),
        "reading": names(StatusRule.Field.self),
        "textReading": names(TextDeclaration.Field.self),
        "number": names(NumberDeclaration.Field.self),
        "output": names(OutputDeclaration.Field.self),
        "followUp": names(FollowUpDeclaration.Field.self),
    ]

    private static func names<Field: RawRepresentable<String> & CaseIterable>(_ type: Field.Type) -> Set<String> {
        Set(type.allCases.map(\.rawValue))
    }
}
