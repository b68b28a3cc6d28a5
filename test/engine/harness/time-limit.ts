/** Engine tests start processes: one `pulumi up` alone takes 2 seconds. */
jest.setTimeout(120_000);
