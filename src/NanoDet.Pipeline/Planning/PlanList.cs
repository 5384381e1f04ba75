using NanoDet.Data.Datasets;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Planning;

/// <summary>A list of images as the project names it.</summary>
/// <param name="Path">Its stored path (<see cref="ProjectPath"/>).</param>
/// <param name="Part">The part of its images; null where the file's name says it.</param>
public sealed record PlanList(string Path, DatasetPart? Part = null);
