using NanoDet.Tool.Video;

namespace NanoDet.Tool.Inputs;

/// <summary>One thing to detect in.</summary>
/// <param name="Name">How the results call it: the path as it was written.</param>
/// <param name="Relative">Its path below the folder or pattern that it was found by: where its outputs lie in a folder of outputs.</param>
/// <param name="Video">The video that it is; null for a picture.</param>
internal sealed record Input(string Name, string Relative, VideoSource? Video);
