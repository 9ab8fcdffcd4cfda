/**
 * The name of the environment variable that tells code in the extension host how to mark a line that is meant
 * for the person who runs the tests. VS Code's page reports such lines and its own log in one stream; the mark
 * tells them apart. Not set in a desktop VS Code, where nothing needs marking.
 */
export const testOutputMark = 'VTFEEDS_TEST_OUTPUT_MARK';
