using System.Collections.Immutable;

namespace NanoDet.Data.Labels.LabelMe;

/// <summary>The objects of a file. What labelme draws as several shapes, such as the two sides of a post, is one object.</summary>
internal sealed class LabelMeGroups
{
    private readonly ImmutableArray<LabeledObject>.Builder _objects = ImmutableArray.CreateBuilder<LabeledObject>();
    private readonly Dictionary<(string ClassName, long Group), int> _groups = [];

    /// <summary>Adds a shape: as an object, or to the object of its class and group.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="group">Its <c>group_id</c>; null for none.</param>
    public void Add(in LabeledObject shape, long? group)
    {
        if (group is { } id && !_groups.TryAdd((shape.ClassName, id), _objects.Count))
        {
            var index = _groups[(shape.ClassName, id)];
            _objects[index] = Join(_objects[index], shape);
        }
        else
        {
            _objects.Add(shape);
        }
    }

    /// <summary>The objects, in the order of their first shapes.</summary>
    public ImmutableArray<LabeledObject> ToObjects() => _objects.DrainToImmutable();

    private static LabeledObject Join(in LabeledObject first, in LabeledObject second) => first with
    {
        Box = Hull.Of(first.Box, second.Box),
        Difficult = first.Difficult || second.Difficult,
        Truncated = first.Truncated || second.Truncated,
    };
}
