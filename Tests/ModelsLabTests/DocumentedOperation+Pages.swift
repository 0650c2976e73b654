import FetchCore
import ModelsLab

extension DocumentedOperation {
    /// The operations for which a page of the documentation contradicts the openapi file.
    ///
    /// Only ModelsLab knows which one is correct, so each variant is a separate endpoint.
    static let pages = [
        Self(
            ["enterprise-api/faceswap/fetch"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.faceswap-by-path",
                api: .enterprise,
                path: "faceswap/fetch/{id}"
            ),
            "POST v1/enterprise/faceswap/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api/super-resolution/fetchimage"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.super_resolution",
                api: .enterprise,
                path: "super_resolution/fetch/{id}"
            ),
            "POST v1/enterprise/super_resolution/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api/text-to-video-ultra/fetch-video"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.ultra_video",
                api: .enterprise,
                path: "ultra_video/fetch/{id}"
            ),
            "POST v1/enterprise/ultra_video/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api/voice-cloning/fetch"],
            ModelsLabFamily<String>("modelslab.enterprise.voice", api: .enterprise, path: "voice/fetch/{id}"),
            "POST v1/enterprise/voice/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api/z-image-turbo/fetch"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.z_image_turbo",
                api: .enterprise,
                path: "z_image_turbo/fetch/{id}"
            ),
            "POST v1/enterprise/z_image_turbo/fetch/{id}",
            .string
        ),
        Self(
            ["quickstart"],
            ModelsLabFamily<Int64>("modelslab.images-by-path", path: "images/fetch/{id}"),
            "POST v6/images/fetch/{id}",
            .integer
        ),
    ]
}
