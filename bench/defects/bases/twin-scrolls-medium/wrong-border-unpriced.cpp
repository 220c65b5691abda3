// Wrong: what is removed before the first survivor costs one each, not D.
#include <bits/stdc++.h>
using namespace std;
long long cost[1005][1005];
int main() {
    string a, b;
    long long d, r;
    cin >> a >> b >> d >> r;
    int n = a.size(), m = b.size();
    for (int i = 0; i <= n; i++) cost[i][0] = i;
    for (int j = 0; j <= m; j++) cost[0][j] = j;
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= m; j++)
            cost[i][j] = min({cost[i - 1][j] + d, cost[i][j - 1] + d, cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]) * r});
    cout << cost[n][m] << "\n";
}
