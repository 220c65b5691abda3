// Right: the longest time that follows each job, peeled off from the jobs that nothing waits for.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    scanf("%d %d", &n, &m);
    vector<int> t(n), leading(n), u(m), v(m);
    for (int &x : t) scanf("%d", &x);
    vector<vector<int>> before(n);
    for (int i = 0; i < m; i++) {
        scanf("%d %d", &u[i], &v[i]);
        before[--v[i]].push_back(--u[i]);
        leading[u[i]]++;
    }
    vector<long long> rest(n);
    vector<int> stack;
    for (int i = 0; i < n; i++) if (!leading[i]) stack.push_back(i);
    long long answer = 0;
    while (!stack.empty()) {
        int at = stack.back();
        stack.pop_back();
        long long length = rest[at] + t[at];
        answer = max(answer, length);
        for (int one : before[at]) {
            rest[one] = max(rest[one], length);
            if (--leading[one] == 0) stack.push_back(one);
        }
    }
    printf("%lld\n", answer);
}
