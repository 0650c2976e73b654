#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore
public import ModelsLab

/// The parameters of a face swap, as the response repeats them.
///
/// A property is `nil` if its field is missing or has another type than documented. ``fields`` contains it in any case.
public struct FaceSwapMeta: GenerationMeta {
    /// The URL of the image in which the face was replaced.
    public var initImage: URL?
    /// The URL of the image from which the face was taken.
    public var targetImage: URL?
    /// The URL of the image that identifies the face to replace.
    public var referenceImage: URL?
    /// The seed of the random number generator.
    public var seed: Int64?
    /// `yes` if ModelsLab stores the output only for a short time, otherwise `no`.
    public var temp: String?
    /// The prefix of the output's file name.
    public var filePrefix: String?
    /// The file format of the saved model.
    public var modelSaveFormat: String?
    /// `yes` if the output has a watermark, otherwise `no`.
    public var watermark: String?
    /// The URL of the watermark image, as ModelsLab wrote it.
    public var watermarkImage: String?

    /// All fields of `meta`, documented or not, unchanged.
    public var fields: [String: JSONValue]

    /// Creates the metadata from the members of a response's `meta` object.
    public init(metaFields fields: [String: JSONValue]) {
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
