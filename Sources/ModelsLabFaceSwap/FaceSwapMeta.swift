#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore
public import ModelsLab

/// What a face swap was asked to do.
///
/// A field that the answer leaves out, or gives as another type than documented, is nil here and still in ``fields``.
public struct FaceSwapMeta: GenerationMeta {
    /// The picture whose face was replaced.
    public var initImage: URL?
    /// The picture that the face was taken from.
    public var targetImage: URL?
    /// The picture that says which face was meant.
    public var referenceImage: URL?
    /// The seed of the generation.
    public var seed: Int64?
    /// Whether the output is stored for a short time only, in ModelsLab's words: `yes` or `no`.
    public var temp: String?
    /// What the output's file name begins with.
    public var filePrefix: String?
    /// The format that the model was saved in.
    public var modelSaveFormat: String?
    /// Whether the output has a watermark, in ModelsLab's words: `yes` or `no`.
    public var watermark: String?
    /// The picture of the watermark.
    public var watermarkImage: String?

    /// All fields, documented or not, as they came.
    public var fields: [String: JSONValue]

    /// Reads the metadata of an answer.
    public init(fields: [String: JSONValue]) {
        self.fields = fields
        initImage = fields["init_image"]?.string.flatMap { URL(string: $0) }
        targetImage = fields["target_image"]?.string.flatMap { URL(string: $0) }
        referenceImage = fields["reference_image"]?.string.flatMap { URL(string: $0) }
        seed = fields["seed"]?.integer
        temp = fields["temp"]?.string
        filePrefix = fields["file_prefix"]?.string
        modelSaveFormat = fields["model_save_format"]?.string
        watermark = fields["watermark"]?.string
        watermarkImage = fields["watermark_image"]?.string
    }
}
