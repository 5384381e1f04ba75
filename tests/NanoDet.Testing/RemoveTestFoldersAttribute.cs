using System.Reflection;
using Xunit.v3;

namespace NanoDet.Testing;

/// <summary>Removes the folders of each test of an assembly once it is known how the test ended.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RemoveTestFoldersAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc />
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => TestFolder.Settle(test.UniqueID);
}
