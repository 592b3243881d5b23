export async function measureEditor() {}
