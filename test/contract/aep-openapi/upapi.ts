/** The error body of the segmentation service, as its published examples have it. */
export function expectUpapi(body: unknown, status: number): void {
  const code = expect.stringMatching(new RegExp(`^UPAPI-\\d{6}-${status}$`)) as string;
  expect(body).toEqual({
    requestId: expect.any(String) as string,
    errors: { [status]: [{ code, message: expect.any(String) as string }] },
    type: expect.stringMatching(/^https:\/\/ns\.adobe\.com\/aep\/errors\/UPAPI-\d{6}-\d{3}$/) as string,
    title: expect.any(String) as string,
    status,
  });
}
