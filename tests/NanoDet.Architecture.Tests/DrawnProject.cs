using System.Collections.Immutable;

namespace NanoDet.Architecture.Tests;

/// <summary>What a project of the picture references.</summary>
/// <param name="Projects">Other projects, without those that come through them.</param>
/// <param name="Packages">Packages that it asks for itself.</param>
internal sealed record DrawnProject(ImmutableSortedSet<string> Projects, ImmutableSortedSet<string> Packages);
